//! The status page, in each of its states.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use client::Pair;
use mend_lab::Http;

const BOTH: [Http; 2] = [Http::One, Http::Two];
const PROXY: &str = "/proxy/status.openai.com";
const JSON: &str = "application/json";

#[tokio::test]
async fn the_status_page_tells_of_the_incident() {
    for http in BOTH {
        let pair = Pair::new(http, "500").await;
        let green = pair.get("status.openai.com", PROXY).await;
        assert_eq!(green.json()["summary"]["ongoing_incidents"], serde_json::json!([]));
        assert_eq!(green.header("access-control-allow-origin"), "*");

        pair.lab.set_fault("500-incident").unwrap();
        let got = pair.get("status.openai.com", PROXY).await;
        let summary = &got.json()["summary"];
        assert_eq!(summary["affected_components"][0]["component_id"], "01JMXBNJXGV1T5GT2M9XA83XNG");
        let incident = &summary["ongoing_incidents"][0];
        assert_eq!(incident["status"], "investigating");
        assert_eq!(incident["updates"].as_array().unwrap().len(), 2);
        assert_eq!(incident["updates"][0]["published_at"], incident["published_at"]);
        let logins = summary["components"].as_array().unwrap().iter().filter(|one| one["name"] == "Login");
        assert_eq!(logins.count(), 2);

        let tag = got.header("etag").to_owned();
        let again = pair.send("GET", "status.openai.com", PROXY, "", &[("if-none-match", &tag)]).await.unwrap();
        assert_eq!((again.status, again.body.as_str()), (304, ""));
        assert_ne!(tag, green.header("etag"));

        let v2 = pair.get("status.openai.com", "/api/v2/components.json").await.json();
        let conversations = v2["components"].as_array().unwrap().iter().find(|one| one["name"] == "Conversations");
        assert_eq!(conversations.unwrap()["status"], "partial_outage");
        assert!(pair.get("status.openai.com", "/").await.body.contains("began 15 minutes ago"));
    }
}

#[tokio::test]
async fn the_status_page_in_its_other_states() {
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        for (fault, stage, impact) in [
            ("500-incident-identified", "identified", "partial_outage"),
            ("500-incident-monitoring", "monitoring", "degraded_performance"),
        ] {
            pair.lab.set_fault(fault).unwrap();
            let summary = pair.get("status.openai.com", PROXY).await.json();
            assert_eq!(summary["summary"]["ongoing_incidents"][0]["status"], stage);
            assert_eq!(summary["summary"]["affected_components"][0]["status"], impact);
        }
        pair.lab.set_fault("503-maintenance").unwrap();
        let summary = &pair.get("status.openai.com", PROXY).await.json()["summary"];
        assert_eq!(summary["ongoing_incidents"], serde_json::json!([]));
        let maintenance = &summary["in_progress_maintenances"][0];
        assert_eq!(maintenance["status"], "maintenance_in_progress");
        assert_eq!(maintenance["affected_components"][0]["status"], "under_maintenance");
        assert!(maintenance["scheduled_end_at"].as_str().unwrap() > maintenance["started_at"].as_str().unwrap());

        pair.lab.set_fault("500-status-unreadable").unwrap();
        let html = pair.get("status.openai.com", PROXY).await;
        assert_eq!((html.status, html.header("content-type")), (200, "text/html; charset=utf-8"));
        let broken = pair.get("status.openai.com", "/api/v2/components.json").await;
        assert_eq!((broken.status, broken.header("content-type")), (200, JSON));
        assert!(serde_json::from_str::<serde_json::Value>(&broken.body).is_err());
        pair.lab.set_fault("500-status-unreachable").unwrap();
        assert!(pair.send("GET", "status.openai.com", PROXY, "", &[]).await.is_err());
    }
}

#[tokio::test]
async fn the_status_page_lists_past_incidents_and_the_one_that_goes_on() {
    let history = format!("{PROXY}/incidents");
    for http in BOTH {
        let pair = Pair::new(http, "500-incident-identified").await;
        let got = pair.get("status.openai.com", &history).await;
        let list = got.json();
        let list = list["incidents"].as_array().unwrap();
        assert!(list.len() >= 7);
        let now = &list[0];
        assert_eq!(
            (&now["status"], &now["component_impacts"][0]["end_at"]),
            (&"identified".into(), &serde_json::Value::Null)
        );
        assert_eq!(now["updates"][1]["to_status"], "identified");
        for past in &list[1..] {
            let (impact, updates) = (&past["component_impacts"][0], past["updates"].as_array().unwrap());
            let [begins, published, over] = [&impact["start_at"], &past["published_at"], &impact["end_at"]];
            assert!(begins.as_str() <= published.as_str() && published.as_str() < over.as_str(), "{past}");
            assert_eq!(
                (&updates.last().unwrap()["published_at"], &updates.last().unwrap()["to_status"]),
                (over, &past["status"])
            );
        }
        let again = pair.send("GET", "status.openai.com", &history, "", &[("if-none-match", got.header("etag"))]).await;
        assert_eq!(again.unwrap().status, 304);

        pair.lab.set_fault("500").unwrap();
        let quiet = pair.get("status.openai.com", &history).await.json();
        assert_eq!(quiet["incidents"].as_array().unwrap().len(), list.len() - 1);
        pair.lab.set_fault("500-status-unreadable").unwrap();
        assert_eq!(pair.get("status.openai.com", &history).await.header("content-type"), "text/html; charset=utf-8");
        pair.lab.set_fault("500-status-unreachable").unwrap();
        assert!(pair.send("GET", "status.openai.com", &history, "", &[]).await.is_err());
    }
}

#[tokio::test]
async fn a_part_can_be_well_again_while_its_incident_goes_on() {
    let pair = Pair::new(Http::Two, "500-incident-recovered").await;
    let summary = &pair.get("status.openai.com", PROXY).await.json()["summary"];
    assert_eq!(summary["affected_components"], serde_json::json!([]));
    let part = &summary["ongoing_incidents"][0]["affected_components"][0];
    assert_eq!((&part["status"], &part["current_status"]), (&"degraded_performance".into(), &"operational".into()));
    let list = pair.get("status.openai.com", &format!("{PROXY}/incidents")).await.json();
    assert!(list["incidents"][0]["component_impacts"][0]["end_at"].is_string());
    let overall = pair.get("status.openai.com", "/api/v2/summary.json").await.json();
    assert_eq!(overall["status"]["indicator"], "none");
}

#[tokio::test]
async fn an_incident_names_the_part_that_it_is_about() {
    let pair = Pair::new(Http::Two, "well").await;
    for (fault, name) in [
        ("500-incident-voice", "Voice mode"),
        ("500-incident-work", "ChatGPT Work"),
        ("500-incident-login", "Login"),
        ("upload-500-incident-files", "File uploads"),
    ] {
        pair.lab.set_fault(fault).unwrap();
        let v2 = pair.get("status.openai.com", "/api/v2/summary.json").await.json();
        let parts = v2["components"].as_array().unwrap();
        assert_eq!(parts.len(), 25);
        let down: Vec<_> = parts.iter().filter(|part| part["status"] == "major_outage").collect();
        assert_eq!((down.len(), down[0]["name"].as_str()), (1, Some(name)), "{fault}");
    }
}
