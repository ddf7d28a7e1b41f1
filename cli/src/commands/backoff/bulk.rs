//! `mend backoff --limits`: how long many requests take below a rate limit, and how to send them, printed.

use std::process::ExitCode;

use mend::core::{
    Millis,
    retry::bulk::{BATCH, BATCH_WINDOW, Bound, Bulk, Plan},
    time::{HOUR, MINUTE, SECOND},
};
use serde_json::json;

use crate::output::{fail, print as written};

/// Largest number of requests, and of tokens of one.
pub const MOST: u64 = 1_000_000_000;

/// Reads `500,30000`.
pub fn limits(text: &str) -> Result<(u64, u64), String> {
    let number = |text: &str| {
        let number = text.trim().parse().ok().filter(|number| (1..=MOST).contains(number));
        number.ok_or_else(|| {
            format!("“{text}” is no number from 1 to {MOST}; write requests and tokens a minute, as in 500,30000")
        })
    };
    let (requests, tokens) = text.split_once(',').ok_or("write requests and tokens a minute, as in 500,30000")?;
    Ok((number(requests)?, number(tokens)?))
}

/// Prints the plan.
pub fn print(bulk: Bulk, json: bool) -> ExitCode {
    match bulk.plan() {
        Ok(plan) if json => written(&format!("{}\n", object(plan))),
        Ok(plan) => written(&sentences(bulk, plan)),
        Err(error) => fail(&error.to_string()),
    }
}

fn bound(plan: Plan) -> &'static str {
    match plan.bound {
        Bound::Requests => "requests",
        Bound::Tokens => "tokens",
    }
}

fn object(plan: Plan) -> serde_json::Value {
    json!({
        "bound": bound(plan),
        "spacing_ms": plan.spacing,
        "lasts_ms": plan.lasts,
        "batch": plan.batch,
        "batches": plan.batches,
    })
}

fn sentences(bulk: Bulk, plan: Plan) -> String {
    let mut text = format!(
        "{} requests of {} tokens take {}: one every {}. The limit of {} a minute decides.\n\
         A tenth of the limits stays free for other programs of the project and for tokens that were estimated too low.\n\
         Send them evenly: the limits are also enforced over parts of a minute. After a 429 wait as long as it says, and go on at the same pace.\n",
        bulk.requests,
        bulk.tokens,
        span(plan.lasts),
        apart(plan.spacing),
        bound(plan),
    );
    let batches = if plan.batches == 1 { "one batch".to_owned() } else { format!("{} batches", plan.batches) };
    text += &if plan.batch {
        format!(
            "Better, if nobody waits for the answers: the Batch API, {batches} of up to {BATCH} requests. It takes at most {} h, costs half, and has limits of its own.\n",
            BATCH_WINDOW / HOUR
        )
    } else {
        "The Batch API would cost half, but may take 24 h; it pays if nobody waits for the answers.\n".to_owned()
    };
    text + "Sources: OpenAI, rate-limits guide; Batch API guide, and help.openai.com, article 9197833.\n"
}

fn apart(millis: Millis) -> String {
    if millis < SECOND { format!("{millis} ms") } else { format!("{:.1} s", millis as f64 / SECOND as f64) }
}

fn span(millis: Millis) -> String {
    match millis {
        ..MINUTE => format!("{} s", (millis + SECOND - 1) / SECOND),
        MINUTE..HOUR => format!("{} min", (millis + MINUTE - 1) / MINUTE),
        _ => format!("{} h {} min", millis / HOUR, millis % HOUR / MINUTE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_two_numbers() {
        assert_eq!(limits("500,30000"), Ok((500, 30_000)));
        assert_eq!(limits("500, 30000"), Ok((500, 30_000)));
        for text in ["", "500", "500,", "0,1", "-1,2", "a,b", "1,2,3"] {
            assert!(limits(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_long_bulk_is_sent_to_the_batch_api() {
        let bulk = Bulk { rpm: 500, tpm: 30_000, requests: 100_000, tokens: 800 };
        let plan = bulk.plan().unwrap();
        let text = sentences(bulk, plan);
        assert!(text.contains("49 h 23 min: one every 1.8 s"), "{text}");
        assert!(text.contains("2 batches of up to 50000 requests"), "{text}");
        let short = Bulk { requests: 100, ..bulk };
        assert!(sentences(short, short.plan().unwrap()).contains("take 3 min"));
    }
}
