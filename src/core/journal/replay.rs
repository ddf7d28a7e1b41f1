//! A verdict given again, on the scene that was kept with it.

use super::{Entry, Told, What};
use crate::core::{
    Millis, Model,
    diagnose::diagnosis,
    plain::{Data, Plain},
};

/// A verdict that is not the same any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The key of its entry.
    pub key: String,
    /// What was told then.
    pub then: Told,
    /// What is told now; none where the scene cannot be read, or holds no failure.
    pub now: Option<Told>,
}

/// Gives the verdict of an entry again; none where it is the same, or no verdict.
pub fn replay(entry: &Entry, scene: &Plain) -> Option<Difference> {
    let What::Verdict(then) = &entry.what else { return None };
    let now = Model::from_plain(scene).and_then(|scene| judge(&scene, entry.at));
    (now.as_ref() != Some(then)).then(|| Difference { key: entry.key.clone(), then: then.clone(), now })
}

/// The verdict on the first tab of a scene.
pub(super) fn judge(scene: &Model, at: Millis) -> Option<Told> {
    let tab = scene.tabs.first()?;
    Some(Told::from(&diagnosis(scene, Some(tab), tab.case.as_ref()?, at)?))
}
