; What a file declares outside functions: a name, and the parts of the text that say what it is, or
; from where it is imported.
(module (expression_statement (assignment left: (identifier) @name) @declaration))
(module (expression_statement (assignment left: (pattern_list (identifier) @name)) @declaration))
(class_definition
  body: (block (expression_statement (assignment left: (identifier) @name) @declaration)))
(import_statement name: (dotted_name . (identifier) @name) @import)
(import_statement
  name: (aliased_import name: (dotted_name) @import alias: (identifier) @name))
(import_from_statement module_name: (_) @import name: (dotted_name (identifier) @name) @import)
(import_from_statement
  module_name: (_) @import
  name: (aliased_import name: (dotted_name) @import alias: (identifier) @name))
