//! `pack FOLDER OUT`: a built extension as one file for a store.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(out), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("pack FOLDER OUT");
        return ExitCode::from(2);
    };
    match mend_e2e::pack(&folder, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pack: {error:#}");
            ExitCode::FAILURE
        }
    }
}
