//! How much one rule is worth: four classes instead of numbers in every row.

/// The weight of a rule. The values are chances: how often the cause is right when only this rule speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Seen with this cause, and with others.
    Weak,
    /// More often this cause than not.
    Moderate,
    /// Mostly this cause.
    Strong,
    /// Hardly anything else does this.
    Decisive,
}

impl Strength {
    /// The chance.
    pub fn value(self) -> f64 {
        match self {
            Strength::Weak => 0.30,
            Strength::Moderate => 0.58,
            Strength::Strong => 0.84,
            Strength::Decisive => 0.96,
        }
    }

    /// The chance of the class above.
    pub fn next(self) -> f64 {
        match self {
            Strength::Weak => Strength::Moderate.value(),
            Strength::Moderate => Strength::Strong.value(),
            Strength::Strong => Strength::Decisive.value(),
            Strength::Decisive => 0.99,
        }
    }
}
