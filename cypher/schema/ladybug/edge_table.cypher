// One edge type; <<ends>> are the other pairs of labels that it joins.
CREATE REL TABLE `<<type>>` (FROM `<<source>>` TO `<<target>>`<<ends:, FROM `{source}` TO `{target}`>><<columns:, `{name}` {type}>>)
