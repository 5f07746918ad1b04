//! Laws of drafts and the outbox, with a real ledger as the server.

mod any_order_of_events;
mod clocks_that_are_wrong;
mod device;
mod drafts_become_groups;
mod frames_in_any_order;
mod hand_to_hand;
mod ways_out;
mod world;
