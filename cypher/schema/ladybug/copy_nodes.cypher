COPY `<<label>>` FROM $rows
