// One node type; <<columns>> are its properties but `id`.
CREATE NODE TABLE `<<label>>` (`id` STRING PRIMARY KEY<<columns:, `{name}` {type}>>)
