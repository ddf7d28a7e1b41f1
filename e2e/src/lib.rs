//! Mend.
