; What is a unit, what gives it a qualified name, and what belongs to its span.
(method_declaration) @unit
(constructor_declaration) @unit
(compact_constructor_declaration) @unit
(class_declaration) @scope
(interface_declaration) @scope
(enum_declaration) @scope
(record_declaration) @scope
(annotation_type_declaration) @scope
(enum_constant body: (_)) @scope
(object_creation_expression (class_body)) @scope
