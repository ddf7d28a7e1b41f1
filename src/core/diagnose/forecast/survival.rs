//! Distribution of durations some of which are censored: the product-limit estimator (Kaplan and Meier, "Nonparametric
//! Estimation from Incomplete Observations", 1958), with weights.

/// One observation: it lasted exactly or at least this long.
#[derive(Clone, Copy, Debug)]
pub(super) struct PastOutage {
    /// The duration.
    pub lasted: f64,
    /// Whether it ended then; otherwise it is censored.
    pub ended: bool,
    /// Its weight.
    pub weight: f64,
}

/// Times in ascending order, with the share of all that ended at each.
#[derive(Debug)]
pub(super) struct Ends(Vec<(f64, f64)>);

impl Ends {
    /// Each end takes its share of those at risk. The longest observation counts as ended, or else the estimate would
    /// never reach zero (Efron, "The two sample problem with censored data", 1967).
    pub fn of(mut cases: Vec<PastOutage>) -> Ends {
        // At the same time, ends come before censored ones, which were still at risk.
        cases.sort_unstable_by(|one, other| one.lasted.total_cmp(&other.lasted).then(other.ended.cmp(&one.ended)));
        let mut running: f64 = cases.iter().map(|case| case.weight).sum();
        let (mut left, mut ends, count) = (1.0, Vec::new(), cases.len());
        for (index, case) in cases.iter().enumerate() {
            if case.ended || index + 1 == count {
                let share = left * (case.weight / running).min(1.0);
                ends.push((case.lasted, share));
                left -= share;
            }
            running -= case.weight;
        }
        Ends(ends)
    }

    /// The quantile, in whole minutes, interpolated between the midpoints of two shares.
    pub fn quantile(&self, part: f64) -> i64 {
        let (mut before, mut last) = (0.0, (0.0, 0.0));
        for (moment, share) in &self.0 {
            let middle = before + share / 2.0;
            if middle >= part {
                let (at, low) = last;
                return (low + (moment - low) * (part - at) / (middle - at)).round() as i64;
            }
            before += share;
            last = (middle, *moment);
        }
        last.1.round() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(lasted: f64, ended: bool) -> PastOutage {
        PastOutage { lasted, ended, weight: 1.0 }
    }

    fn shares(cases: &[PastOutage]) -> Vec<(f64, f64)> {
        Ends::of(cases.to_vec()).0.iter().map(|(at, share)| (*at, (share * 1e6).round() / 1e6)).collect()
    }

    /// The remission times of 6-MP (Freireich and others, 1963; a standard textbook example): 9 of 21 patients
    /// relapsed.
    #[test]
    fn gives_the_published_example_again() {
        let relapsed = [6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0].map(|weeks| case(weeks, true));
        let censored =
            [6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0].map(|weeks| case(weeks, false));
        let ends = Ends::of(relapsed.into_iter().chain(censored).collect()).0;
        let survival = |week: f64| 1.0 - ends.iter().filter(|(at, _)| *at <= week).map(|(_, share)| share).sum::<f64>();
        for (week, published) in
            [(6.0, 0.857), (7.0, 0.807), (10.0, 0.753), (13.0, 0.690), (16.0, 0.627), (22.0, 0.538), (23.0, 0.448)]
        {
            assert!((survival(week) - published).abs() < 0.001, "{week}: {}", survival(week));
        }
    }

    #[test]
    fn without_censored_ones_each_has_its_weight() {
        assert_eq!(shares(&[case(3.0, true), case(1.0, true)]), [(1.0, 0.5), (3.0, 0.5)]);
        let heavy = PastOutage { weight: 3.0, ..case(1.0, true) };
        assert_eq!(shares(&[case(3.0, true), heavy]), [(1.0, 0.75), (3.0, 0.25)]);
    }

    #[test]
    fn one_that_is_running_gives_its_share_to_those_that_lasted_longer() {
        let third = 0.333_333;
        assert_eq!(shares(&[case(1.0, true), case(2.0, false), case(3.0, true)]), [(1.0, third), (3.0, 0.666_667)]);
        assert_eq!(shares(&[case(1.0, true), case(5.0, false)]), [(1.0, 0.5), (5.0, 0.5)]);
        assert_eq!(shares(&[]), []);
        assert_eq!(Ends::of(Vec::new()).quantile(0.5), 0);
    }
}
