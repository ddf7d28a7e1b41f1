//! How much a rule is worth: four classes instead of a number in every row.

/// The weight of a rule. The values are probabilities: how often the cause is right when this is the only rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Occurs with this cause, and with others.
    Weak,
    /// This cause more often than not.
    Moderate,
    /// Mostly this cause.
    Strong,
    /// Hardly any other cause.
    Decisive,
}

impl Strength {
    /// The probability.
    pub fn value(self) -> f64 {
        match self {
            Strength::Weak => 0.30,
            Strength::Moderate => 0.58,
            Strength::Strong => 0.84,
            Strength::Decisive => 0.96,
        }
    }

    /// The probability of the next stronger class.
    pub fn next(self) -> f64 {
        match self {
            Strength::Weak => Strength::Moderate.value(),
            Strength::Moderate => Strength::Strong.value(),
            Strength::Strong => Strength::Decisive.value(),
            Strength::Decisive => 0.99,
        }
    }
}
