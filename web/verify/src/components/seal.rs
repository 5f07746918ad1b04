//! The seal: a lychee cut in half. Its skin is the ring that closes when the proof closes.

use yew::prelude::*;

use crate::model::Seal;

/// Thirty-two bumps of skin around (80, 80), from the stalk clockwise.
const SKIN: &str = "M80 19A6.7 6.7 0 0 1 91.9 20.2A6.7 6.7 0 0 1 103.3 23.6A6.7 6.7 0 0 1 113.9 29.3A6.7 6.7 0 0 1 123.1 36.9A6.7 6.7 0 0 1 130.7 46.1A6.7 6.7 0 0 1 136.4 56.7A6.7 6.7 0 0 1 139.8 68.1A6.7 6.7 0 0 1 141 80A6.7 6.7 0 0 1 139.8 91.9A6.7 6.7 0 0 1 136.4 103.3A6.7 6.7 0 0 1 130.7 113.9A6.7 6.7 0 0 1 123.1 123.1A6.7 6.7 0 0 1 113.9 130.7A6.7 6.7 0 0 1 103.3 136.4A6.7 6.7 0 0 1 91.9 139.8A6.7 6.7 0 0 1 80 141A6.7 6.7 0 0 1 68.1 139.8A6.7 6.7 0 0 1 56.7 136.4A6.7 6.7 0 0 1 46.1 130.7A6.7 6.7 0 0 1 36.9 123.1A6.7 6.7 0 0 1 29.3 113.9A6.7 6.7 0 0 1 23.6 103.3A6.7 6.7 0 0 1 20.2 91.9A6.7 6.7 0 0 1 19 80A6.7 6.7 0 0 1 20.2 68.1A6.7 6.7 0 0 1 23.6 56.7A6.7 6.7 0 0 1 29.3 46.1A6.7 6.7 0 0 1 36.9 36.9A6.7 6.7 0 0 1 46.1 29.3A6.7 6.7 0 0 1 56.7 23.6A6.7 6.7 0 0 1 68.1 20.2A6.7 6.7 0 0 1 80 19Z";
const STALK: &str = "M80 17C80 12 81 8 84 4";
const LEAVES: &str = "M82 10C90 -2 106 -3 118 4C108 14 93 17 82 10ZM80 11C73 2 61 1 51 7C60 15 71 17 80 11Z";
/// Veins of the flesh, from the seed outwards.
const FLESH: &str = "M80 38V50M103 44L97 55M120 61L108 68M126 84H112M118 106L106 98M101 122L94 111M80 128V117M59 122L66 111M42 106L54 98M34 84H48M40 61L52 68M57 44L63 55";
const SEED: &str = "M80 57C92 57 99 69 99 84C99 100 91 110 80 110C69 110 61 100 61 84C61 69 68 57 80 57Z";
const GLINT: &str = "M71 70C67 76 66 83 67 90";
const CRACK: &str = "M124 18L101 52L112 64L84 84L91 100L62 118L66 130L48 150";
const STRIKE: &str = "M27 133L133 27";

/// Draws the seal in the colour of its surroundings. The words beside it say what it means, so it is hidden from readers.
pub fn seal(state: Seal) -> Html {
    // In hundredths of the ring. The gap of an open ring lies at the upper right, where the eye looks first.
    let closed: u8 = match state {
        Seal::Closing(part) => part,
        Seal::Closed | Seal::Cracked | Seal::Struck => 100,
        Seal::Open => 84,
    };
    let dashes = if closed >= 100 { "101 0".to_owned() } else { format!("{closed} {}", 101 - closed) };
    let turn = if state == Seal::Open { "rotate(76 80 80)" } else { "" };
    html! {
        <svg class={classes!("seal", (state == Seal::Closed).then_some("seal-closed"))} viewBox="0 -6 160 160" aria-hidden="true" focusable="false">
            <circle class="seal-flesh" cx="80" cy="80" r="54" />
            <path class="seal-leaves" d={LEAVES} />
            <path class="seal-stalk" d={STALK} />
            <path class="seal-veins" d={FLESH} />
            <path class="seal-seed" d={SEED} />
            <path class="seal-glint" d={GLINT} />
            <path class="seal-track" d={SKIN} />
            <path class="seal-ring" d={SKIN} pathLength="100" stroke-dasharray={dashes} transform={turn} />
            if state == Seal::Cracked {
                <path class="seal-gap" d={CRACK} />
                <path class="seal-crack" d={CRACK} />
            }
            if state == Seal::Struck {
                <path class="seal-gap" d={STRIKE} />
                <path class="seal-strike" d={STRIKE} />
            }
        </svg>
    }
}
