//! The secret of `DISPATCH_SECRET_ARN`, read over the wire by another process, which here is this test binary again.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread::JoinHandle;

use dispatch_runtime::Config;
use dispatch_runtime::config::variables::{DISPATCH_AGENT_TOKEN, DISPATCH_SYNC_FUNCTION};

/// What the other process does: without a secret it reads the environment and asks nobody.
#[tokio::test]
async fn child() {
    match Config::load().await {
        Ok(config) => {
            let (token, function) = (config.get(&DISPATCH_AGENT_TOKEN), config.get(&DISPATCH_SYNC_FUNCTION));
            println!("loaded {token:?} {function:?}");
            let queue = config.reread(Config::queue);
            for _ in 0..3 {
                println!("by now {:?}", queue.read().await.and_then(|queue| queue.url));
            }
        }
        Err(error) => println!("failed {error}"),
    }
}

fn child_with(endpoint: &str) -> String {
    let output = Command::new(std::env::current_exe().expect("this test binary"))
        .args(["--exact", "child", "--nocapture"])
        .env("DISPATCH_SECRET_ARN", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:dispatch")
        .env("DISPATCH_AGENT_TOKEN", "from-environment")
        .env("DISPATCH_SYNC_FUNCTION", "from-environment")
        .env("AWS_ENDPOINT_URL_SECRETS_MANAGER", endpoint)
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_ACCESS_KEY_ID", "key")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .output()
        .expect("the test binary runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Answers one request after the other with `status` and one of `bodies`, and hands the requests over.
fn secrets_manager<const N: usize>(
    status: u16,
    bodies: [&'static str; N],
) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = move |body: &str| {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut request = String::new();
        while !request.contains("SecretId") {
            let mut piece = [0; 4096];
            let size = stream.read(&mut piece).expect("a request");
            request.push_str(&String::from_utf8_lossy(&piece[..size]));
        }
        let head = format!(
            "HTTP/1.1 {status} x\r\ncontent-type: application/x-amz-json-1.1\r\nconnection: close\r\n"
        );
        let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).expect("an answer");
        request
    };
    (endpoint, std::thread::spawn(move || bodies.map(answer).into()))
}

#[test]
fn its_values_win_over_the_environment() {
    let body = r#"{"Name":"dispatch","SecretString":"{\"DISPATCH_AGENT_TOKEN\": \"from-secret\"}"}"#;
    let (endpoint, requests) = secrets_manager(200, [body, body]);
    let printed = child_with(&endpoint);
    assert!(printed.contains(r#"loaded Some("from-secret") Some("from-environment")"#), "{printed}");
    let request = requests.join().expect("requests")[0].to_ascii_lowercase();
    assert!(request.contains("x-amz-target: secretsmanager.getsecretvalue"), "{request}");
    assert!(request.contains("aws4-hmac-sha256 credential=key/"), "{request}");
}

#[test]
fn it_is_read_again_once_however_often_it_is_asked_for() {
    let (endpoint, requests) = secrets_manager(
        200,
        [
            r#"{"Name":"dispatch","SecretString":"{\"DISPATCH_QUEUE_URL\": \"https://sqs.example.com/old\"}"}"#,
            r#"{"Name":"dispatch","SecretString":"{\"DISPATCH_QUEUE_URL\": \"https://sqs.example.com/new\"}"}"#,
        ],
    );
    let printed = child_with(&endpoint);
    assert_eq!(printed.matches(r#"by now Some("https://sqs.example.com/new")"#).count(), 3, "{printed}");
    // After the second there is nobody to ask.
    assert_eq!(requests.join().expect("requests").len(), 2);
}

#[test]
fn a_refusal_says_what_to_check() {
    let refusal = r#"{"__type":"AccessDeniedException","Message":"not authorized"}"#;
    let (endpoint, requests) = secrets_manager(400, [refusal]);
    let printed = child_with(&endpoint);
    assert!(printed.contains("failed DISPATCH_SECRET_ARN: the secret arn:aws"), "{printed}");
    assert!(
        printed.contains("AccessDeniedException") && printed.contains("secretsmanager:GetSecretValue"),
        "{printed}"
    );
    requests.join().expect("one request");
}
