//! Switches that lose, double, delay, cut and shuffle webhook deliveries.

use serde::{Deserialize, Serialize};

use crate::{rng::Seeded, state::parcels::Parcel};

/// What goes wrong with deliveries. As JSON: `{"kind": "lose", "next": 2, "how": "never_sent"}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DeliveryFault {
    /// The next so many do not arrive.
    Lose {
        /// How many.
        next: u64,
        /// In which way.
        #[serde(default)]
        how: Loss,
    },
    /// This part of all that follow does not arrive, until faults are cleared.
    LoseFraction {
        /// 0 to 1.
        fraction: f64,
        /// The same seed loses the same deliveries.
        seed: u64,
        /// In which way.
        #[serde(default)]
        how: Loss,
    },
    /// The next so many arrive twice, with one GUID.
    Duplicate {
        /// How many.
        next: u64,
    },
    /// The next so many are cut off on their way: half of the body arrives, under the signature of the whole.
    Truncate {
        /// How many.
        next: u64,
    },
    /// Deliveries are held until so many are there, then sent in another order; `flush` sends the rest.
    Shuffle {
        /// How many.
        window: usize,
        /// The same seed gives the same order.
        seed: u64,
    },
    /// The next so many leave late, and those behind them on the same hook too.
    Delay {
        /// How many.
        next: u64,
        /// Milliseconds.
        ms: u64,
    },
}

/// How a delivery gets lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// It failed, and the list of deliveries says so.
    #[default]
    Failed,
    /// GitHub never sent it; no list knows of it.
    NeverSent,
    /// The list says that it went well, yet it never arrived.
    Swallowed,
}

/// What the post does with a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Send,
    /// Sent, and not written down: the second of a pair.
    Copy,
    Delay(u64),
    /// Sent by half.
    Cut,
    Fail,
    Swallow,
}

/// The faults that are switched on, and what they hold back.
#[derive(Default)]
pub(crate) struct DeliveryFaults {
    faults: Vec<(DeliveryFault, Seeded)>,
    held: Vec<(Parcel, Fate)>,
}

impl DeliveryFaults {
    pub(crate) fn add(&mut self, fault: DeliveryFault) {
        let seed = match &fault {
            DeliveryFault::LoseFraction { seed, .. } | DeliveryFault::Shuffle { seed, .. } => *seed,
            _ => 0,
        };
        self.faults.push((fault, Seeded::new(seed)));
    }

    pub(crate) fn clear(&mut self) {
        self.faults.clear();
    }

    pub(crate) fn held(&self) -> usize {
        self.held.len()
    }

    /// What is to be done now that this delivery has come.
    pub(crate) fn consider(&mut self, parcel: &Parcel) -> Vec<(Parcel, Fate)> {
        let mut fates = vec![Fate::Send];
        let mut window = None;
        for (fault, random) in &mut self.faults {
            match fault {
                DeliveryFault::Lose { next, how } if *next > 0 => {
                    *next -= 1;
                    fates = lost(*how);
                }
                DeliveryFault::LoseFraction { fraction, how, .. } if random.chance(*fraction) => {
                    fates = lost(*how);
                }
                DeliveryFault::Duplicate { next } if *next > 0 => {
                    *next -= 1;
                    fates.push(Fate::Copy);
                }
                DeliveryFault::Truncate { next } if *next > 0 => {
                    *next -= 1;
                    if let Some(first) = fates.first_mut().filter(|fate| **fate == Fate::Send) {
                        *first = Fate::Cut;
                    }
                }
                DeliveryFault::Delay { next, ms } if *next > 0 => {
                    *next -= 1;
                    if let Some(first) = fates.first_mut().filter(|fate| **fate == Fate::Send) {
                        *first = Fate::Delay(*ms);
                    }
                }
                DeliveryFault::Shuffle { window: size, .. } => window = Some(*size),
                _ => {}
            }
        }
        self.faults.retain(|(fault, _)| !spent(fault));
        let ready = fates.into_iter().map(|fate| (parcel.clone(), fate));
        let Some(window) = window else { return ready.collect() };
        self.held.extend(ready);
        if self.held.len() >= window { self.release() } else { Vec::new() }
    }

    /// Gives back what is held, in the order that the fault's seed says.
    pub(crate) fn release(&mut self) -> Vec<(Parcel, Fate)> {
        let mut held = std::mem::take(&mut self.held);
        for (fault, random) in &mut self.faults {
            if matches!(fault, DeliveryFault::Shuffle { .. }) {
                random.shuffle(&mut held);
            }
        }
        held
    }
}

fn lost(how: Loss) -> Vec<Fate> {
    match how {
        Loss::Failed => vec![Fate::Fail],
        Loss::NeverSent => Vec::new(),
        Loss::Swallowed => vec![Fate::Swallow],
    }
}

fn spent(fault: &DeliveryFault) -> bool {
    match fault {
        DeliveryFault::Lose { next, .. }
        | DeliveryFault::Duplicate { next }
        | DeliveryFault::Truncate { next }
        | DeliveryFault::Delay { next, .. } => *next == 0,
        DeliveryFault::LoseFraction { .. } | DeliveryFault::Shuffle { .. } => false,
    }
}
