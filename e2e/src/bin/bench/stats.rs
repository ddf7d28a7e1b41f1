//! What many measurements say together.

/// Measurements, in one unit.
#[derive(Clone, Debug, Default)]
pub struct Sample(Vec<f64>);

impl Sample {
    /// Of these.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Sample {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Sample(values)
    }

    /// The value that so many per cent stay at or below; 0 where nothing was measured.
    pub fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0.get(rank).copied().unwrap_or_default()
    }

    /// The one in the middle.
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// The average, and how far it may be off (two standard errors).
    pub fn mean(&self) -> (f64, f64) {
        let count = self.0.len().max(1) as f64;
        let mean = self.0.iter().sum::<f64>() / count;
        let spread = self.0.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
        (mean, 2.0 * (spread / count).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn ranks() {
        let sample = Sample::of((1..=20).rev().map(f64::from));
        assert_eq!((sample.median(), sample.percentile(95), sample.percentile(99)), (10.0, 19.0, 20.0));
        assert_eq!(Sample::default().median(), 0.0);
    }
}
