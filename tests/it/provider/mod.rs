//! Adapters against canned answers, and against the sandbox.

mod vulos;
