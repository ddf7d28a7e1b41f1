//! What of a large JSON text is looked at, so that a reader can leave the rest where it stands.

/// The part of a value that is read.
#[derive(Clone, Copy, Debug)]
pub enum Projection {
    /// One value.
    One,
    /// A list of such.
    List(&'static Projection),
    /// These entries.
    Map(&'static [(&'static str, Projection)]),
}
