//! What redacting a file of 50 MB takes, against the browser's own `JSON.parse` and `JSON.stringify` of it: `mend redact`
//! as a process, and the same engine as a module in a page, all in one run.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, rounds};
use serde::Deserialize;
use serde_json::json;

use crate::{build::Build, report::Figure, stats::Sample, synthetic_har};

const SIZE: usize = 50 << 20;
/// Most memory that the module may take, in MB.
const MEMORY: u64 = 64;
const PAGE: &str = include_str!("redact.js");

/// What the page says, in milliseconds and bytes.
#[derive(Deserialize)]
struct Timings {
    json: Vec<f64>,
    mend: Vec<f64>,
    memory: u64,
    clean: usize,
    ids: usize,
}

/// A HAR, and the same as a log with an entry a line.
pub async fn measure(browser: Browser) -> Result<Vec<Figure>> {
    let build = Build::current(browser)?;
    let folder = build.path()?;
    let har = synthetic_har::har(SIZE);
    fs::write(folder.join("synthetic.har"), &har)?;
    // The log has no indentation, so a longer HAR gives it the same size.
    fs::write(folder.join("synthetic.log"), synthetic_har::lines(&synthetic_har::har(SIZE / 7 * 10))?)?;
    let fixture = build.start(browser, "well").await?;
    let mut figures = Vec::new();
    for (name, what) in [("synthetic.har", "a HAR"), ("synthetic.log", "JSON lines")] {
        let page = fixture.session.open_bare_page("empty.html").await?;
        let file = folder.join(name);
        let count = rounds(3, 10);
        let timings: Timings = page.run(PAGE, &[json!(name), json!(name.ends_with("har")), json!(count)]).await?;
        page.close().await?;
        let native = (0..count).map(|_| native(&file)).collect::<Result<Vec<f64>>>()?;
        figures.extend(figures_of(
            &format!("{what}, {} MB", fs::metadata(&file)?.len() >> 20),
            browser,
            &timings,
            native,
        ));
        ensure!(timings.ids > 0 && timings.clean > 0, "no id of a request stayed");
    }
    fixture.session.stop().await?;
    Ok(figures)
}

fn figures_of(what: &str, browser: Browser, timings: &Timings, native: Vec<f64>) -> Vec<Figure> {
    let json = Sample::of(timings.json.iter().copied()).median();
    let ratio = |taken: f64| taken / json.max(f64::MIN_POSITIVE);
    let said = |taken: f64| format!("{:.2} × ({taken:.0} ms)", ratio(taken));
    let native = Sample::of(native).median();
    let wasm = Sample::of(timings.mend.iter().copied()).median();
    let memory = timings.memory.div_ceil(1 << 20);
    vec![
        Figure::note(&format!("JSON of {what}: parse, stringify"), browser, format!("{json:.0} ms")),
        Figure::new("… mend redact", browser, said(native), "≤ 1 ×", ratio(native) <= 1.0),
        Figure::new("… the same engine in wasm", browser, said(wasm), "≤ 2 ×", ratio(wasm) <= 2.0),
        Figure::new("… its memory", browser, format!("{memory} MB"), "≤ 64 MB", memory <= MEMORY),
    ]
}

/// One run of the program that stands beside this one, in milliseconds.
fn native(file: &Path) -> Result<f64> {
    let program = std::env::current_exe()?.with_file_name("mend");
    let began = Instant::now();
    let status = Command::new(&program).arg("redact").arg(file).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let taken = began.elapsed().as_secs_f64() * 1e3;
    ensure!(status.with_context(|| format!("cannot run {}", program.display()))?.success(), "mend redact failed");
    Ok(taken)
}
