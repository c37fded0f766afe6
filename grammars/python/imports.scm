; What a file imports: a name, and the parts of the text that say from where.
(import_statement name: (dotted_name . (identifier) @name) @from)
(import_statement name: (aliased_import name: (dotted_name) @from alias: (identifier) @name))
(import_from_statement module_name: (_) @from name: (dotted_name (identifier) @name) @from)
(import_from_statement
  module_name: (_) @from
  name: (aliased_import name: (dotted_name) @from alias: (identifier) @name))
(import_from_statement module_name: (_) @from (wildcard_import) @name @from)
