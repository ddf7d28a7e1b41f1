//! Faults outside the lab, and the ports that set them up.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use client::Pair;
use client::{BOTH, CHAT};
use mend_lab::{FAULTS, Precondition};
use tokio::net::TcpStream;

#[tokio::test]
async fn faults_outside_the_lab_state_their_precondition() {
    let needs = |name: &str| FAULTS.iter().find(|fault| fault.name == name).unwrap().precondition;
    assert_eq!(needs("dns"), Precondition::HostRule("chatgpt.com"));
    assert_eq!(needs("refused"), Precondition::DeadPort("chatgpt.com"));
    assert_eq!(needs("tls"), Precondition::BadCertificate("chatgpt.com"));
    assert_eq!(needs("proxy"), Precondition::Proxy);
    assert_eq!(needs("offline"), Precondition::Offline);
    assert!(matches!(needs("blocked"), Precondition::Blocker(url) if url.ends_with(CHAT)));
    assert_eq!(needs("captive-portal"), Precondition::CaptivePortal);
    assert_eq!(FAULTS.iter().filter(|fault| fault.precondition != Precondition::Nothing).count(), 7);

    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        let refused = TcpStream::connect(("127.0.0.1", pair.lab.dead_port())).await.unwrap_err();
        assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
        let shown = client::handshake(pair.lab.https_port(), "chatgpt.com", http, true).await.unwrap();
        let expired = client::handshake(pair.lab.tls_port(), "chatgpt.com", http, false).await.unwrap();
        assert_ne!(shown, expired);
        // A client that takes any certificate, and still looks at the signature, as browsers do.
        assert!(client::handshake(pair.lab.handshake_port(), "chatgpt.com", http, true).await.is_err());
        assert_eq!(pair.lab.fingerprint().len(), 44);
    }
}
