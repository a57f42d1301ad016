"""UIMA CAS, as INCEpTION and DKPro have it: XMI with its type system, and JSON."""
