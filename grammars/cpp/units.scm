; What is a unit, what gives it a qualified name, and what belongs to its span.
(function_definition) @unit
(class_specifier) @scope
(struct_specifier) @scope
(union_specifier) @scope
(namespace_definition) @scope
(template_declaration) @wrapper
(friend_declaration) @wrapper
