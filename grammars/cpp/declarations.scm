; What a file declares outside functions: a name, and the parts of the text that say what it is.
(preproc_def name: (identifier) @name) @declaration
(preproc_function_def name: (identifier) @name) @declaration
(field_declaration declarator: (field_identifier) @name) @declaration
(field_declaration declarator: (_ declarator: (field_identifier) @name)) @declaration
(field_declaration declarator: (_ declarator: (_ declarator: (field_identifier) @name))) @declaration
(type_definition declarator: (type_identifier) @name) @declaration
(alias_declaration name: (type_identifier) @name) @declaration
(enumerator name: (identifier) @name) @declaration
([
  (translation_unit (declaration declarator: (identifier) @name) @declaration)
  (translation_unit (declaration declarator: (_ declarator: (identifier) @name)) @declaration)
  (translation_unit
    (declaration declarator: (_ declarator: (_ declarator: (identifier) @name))) @declaration)
  (declaration_list (declaration declarator: (identifier) @name) @declaration)
  (declaration_list (declaration declarator: (_ declarator: (identifier) @name)) @declaration)
  (declaration_list
    (declaration declarator: (_ declarator: (_ declarator: (identifier) @name))) @declaration)
])
