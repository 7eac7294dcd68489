//! The post: sends webhooks, each once, in order per hook, and writes down what came of it. GitHub never repeats a
//! delivery by itself (GitHub docs, "Handling failed webhook deliveries"), and neither does this.

use std::{
    collections::HashMap,
    sync::{Mutex, Weak},
    time::{Duration, Instant},
};

use tokio::sync::{mpsc, watch};

use crate::{
    delivery_faults::{DeliveryFault, DeliveryFaults, Fate},
    faults::lock,
    shared::Shared,
    state::{hooks::Delivery, parcels::Parcel},
};

/// GitHub docs, "Best practices for using webhooks": respond within 10 seconds.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of an answer is kept.
const KEPT_OF_ANSWER: usize = 2_000;

pub(crate) struct Post {
    shared: Weak<Shared>,
    client: reqwest::Client,
    runtime: tokio::runtime::Handle,
    /// Deliveries not yet attempted, or in the hands of [`DeliveryFaults`].
    outstanding: watch::Sender<usize>,
    desk: Mutex<Desk>,
}

/// Where deliveries are handed in.
#[derive(Default)]
struct Desk {
    faults: DeliveryFaults,
    /// By hook.
    lanes: HashMap<u64, mpsc::UnboundedSender<Errand>>,
}

struct Errand {
    parcel: Parcel,
    fate: Fate,
}

impl Post {
    /// Must be called within the Tokio runtime that is to send.
    pub(crate) fn new(shared: Weak<Shared>) -> Self {
        let client = reqwest::Client::builder()
            .no_proxy()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client without TLS settings can always be built");
        let runtime = tokio::runtime::Handle::current();
        Self { shared, client, runtime, outstanding: watch::Sender::new(0), desk: Mutex::default() }
    }

    pub(crate) fn fault(&self, fault: DeliveryFault) {
        lock(&self.desk).faults.add(fault);
    }

    pub(crate) fn clear_faults(&self) {
        let mut desk = lock(&self.desk);
        desk.faults.clear();
        self.release(&mut desk);
    }

    /// Takes a delivery in.
    pub(crate) fn hand_in(&self, parcel: &Parcel) {
        let mut desk = lock(&self.desk);
        let before = desk.faults.held();
        let ready = desk.faults.consider(parcel);
        // Held ones count as outstanding from here on; one that is lost without a trace never does.
        let (added, released) = (desk.faults.held() + ready.len(), before);
        self.outstanding.send_modify(|count| *count += added - released);
        for (parcel, fate) in ready {
            self.queue(&mut desk, Errand { parcel, fate });
        }
    }

    /// Releases what is held back for shuffling, then waits until every delivery handed in was attempted.
    pub(crate) async fn flush(&self) {
        let mut outstanding = self.outstanding.subscribe();
        self.release(&mut lock(&self.desk));
        // The sender lives as long as `self`.
        let _ = outstanding.wait_for(|count| *count == 0).await;
    }

    pub(crate) fn outstanding(&self) -> usize {
        *self.outstanding.borrow()
    }

    fn release(&self, desk: &mut Desk) {
        for (parcel, fate) in desk.faults.release() {
            self.queue(desk, Errand { parcel, fate });
        }
    }

    fn queue(&self, desk: &mut Desk, errand: Errand) {
        let hook = errand.parcel.delivery.hook_id;
        let lane = desk.lanes.entry(hook).or_insert_with(|| {
            let (sender, receiver) = mpsc::unbounded_channel();
            self.runtime.spawn(carry(receiver, self.client.clone(), self.shared.clone()));
            sender
        });
        if let Err(lost) = lane.send(errand) {
            tracing::error!(delivery = %lost.0.parcel.delivery.guid, "the runtime of this hook's sender is gone");
            self.outstanding.send_modify(|count| *count -= 1);
        }
    }
}

async fn carry(mut errands: mpsc::UnboundedReceiver<Errand>, client: reqwest::Client, shared: Weak<Shared>) {
    while let Some(Errand { parcel, fate }) = errands.recv().await {
        let Some(now) = shared.upgrade().map(|shared| shared.clock.now()) else { return };
        let copy = matches!(fate, Fate::Copy);
        let Parcel { mut delivery, url } = parcel;
        delivery.delivered_at = now;
        let delivery = match fate {
            Fate::Send | Fate::Copy => attempt(&client, &url, delivery).await,
            Fate::Delay(ms) => {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                attempt(&client, &url, delivery).await
            }
            Fate::Cut => {
                let whole = delivery.body.clone();
                let half = whole.char_indices().nth(whole.chars().count() / 2).map_or(0, |(at, _)| at);
                delivery.body.truncate(half);
                Delivery { body: whole, ..attempt(&client, &url, delivery).await }
            }
            Fate::Fail => Delivery { status: "failed to connect to host".to_owned(), ..delivery },
            Fate::Swallow => Delivery { status: "OK".to_owned(), status_code: 200, ..delivery },
        };
        let Some(shared) = shared.upgrade() else { return };
        let mut state = shared.state();
        if let Some(hook) = state.hooks.get_mut(delivery.hook_id).filter(|_| !copy) {
            hook.record(delivery);
        }
        drop(state);
        shared.post.outstanding.send_modify(|count| *count -= 1);
    }
}

async fn attempt(client: &reqwest::Client, url: &str, mut delivery: Delivery) -> Delivery {
    let mut request = client.post(url).body(delivery.body.clone());
    for (name, value) in &delivery.request_headers {
        request = request.header(name, value);
    }
    let start = Instant::now();
    let outcome = match request.send().await {
        Ok(response) => {
            let status = response.status();
            let headers = response.headers().clone();
            response.text().await.map(|body| (status, headers, body))
        }
        Err(error) => Err(error),
    };
    delivery.duration = (start.elapsed().as_secs_f64() * 100.0).round() / 100.0;
    match outcome {
        Ok((status, headers, body)) => {
            delivery.status_code = status.as_u16();
            delivery.status = if status.is_success() {
                "OK".to_owned()
            } else {
                format!("Invalid HTTP Response: {}", status.as_u16())
            };
            delivery.response_headers = headers
                .iter()
                .map(|(name, value)| {
                    (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
                })
                .collect();
            delivery.response_body = body.chars().take(KEPT_OF_ANSWER).collect();
        }
        Err(error) if error.is_timeout() => delivery.status = "timed out".to_owned(),
        Err(_) => delivery.status = "failed to connect to host".to_owned(),
    }
    delivery
}
