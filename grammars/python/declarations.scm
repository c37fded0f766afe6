; What a file declares outside functions: a name, and the parts of the text that say what it is.
(module (expression_statement (assignment left: (identifier) @name) @declaration))
(module (expression_statement (assignment left: (pattern_list (identifier) @name)) @declaration))
(class_definition
  body: (block (expression_statement (assignment left: (identifier) @name) @declaration)))
(import_statement name: (dotted_name . (identifier) @name) @declaration)
(import_statement name: (aliased_import alias: (identifier) @name) @declaration)
(import_from_statement
  module_name: (_) @declaration name: (dotted_name (identifier) @name) @declaration)
(import_from_statement
  module_name: (_) @declaration name: (aliased_import alias: (identifier) @name) @declaration)
