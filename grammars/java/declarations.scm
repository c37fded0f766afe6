; What a file declares outside methods: a name, and the parts of the text that say what it is, or
; from where it is imported.
(import_declaration (scoped_identifier name: (identifier) @name) @import)
(field_declaration
  (modifiers)? @declaration
  type: (_) @declaration
  declarator: (variable_declarator name: (identifier) @name) @declaration)
(constant_declaration
  type: (_) @declaration
  declarator: (variable_declarator name: (identifier) @name) @declaration)
(enum_constant name: (identifier) @name @declaration arguments: (_)? @declaration)
