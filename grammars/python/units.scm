; What is a unit, what gives it a qualified name, and what belongs to its span.
(function_definition) @unit
(class_definition) @scope
(decorated_definition) @wrapper
