; What a file imports: a name, and the parts of the text that say from where.
(import_declaration (scoped_identifier name: (identifier) @name) @from .)
(import_declaration [(identifier) (scoped_identifier)] @from (asterisk) @name @from)
