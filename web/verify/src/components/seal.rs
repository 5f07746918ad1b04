//! The seal: a lychee cut in half. Its skin is the ring that closes when the proof closes.

use yew::prelude::*;

use crate::model::Seal;

const STALK: &str = "M80 20C80 14 82 9 86 5";
const LEAVES: &str = "M83 13C91 1 108 0 120 7C110 18 94 21 83 13ZM80 14C73 4 60 2 49 8C58 17 71 20 80 14Z";
/// The seed, and the flesh as it lies around it.
const SEED: &str = "M80 60C91 60 98 71 98 86C98 101 90 110 80 110C70 110 62 101 62 86C62 71 69 60 80 60Z";
const FLESH: &str = "M80 48C97 48 108 65 108 86C108 107 96 120 80 120C64 120 52 107 52 86C52 65 63 48 80 48ZM80 37C105 37 119 59 119 83M41 83C41 59 55 37 80 37";
const GLINT: &str = "M71 72C68 77 67 83 68 90";
const CRACK: &str = "M126 16L101 52L113 65L83 84L92 101L60 118L65 131L44 154";
const STRIKE: &str = "M24 136L136 24";

/// Draws the seal in the colour of its surroundings. The words beside it say what it means, so it is hidden from readers.
pub fn seal(state: Seal) -> Html {
    // In hundredths of the ring, drawn from the stalk. The gap of an open one lies at the upper right.
    let closed: u8 = match state {
        Seal::Closing(part) => part,
        Seal::Closed | Seal::Cracked | Seal::Struck => 100,
        Seal::Open => 84,
    };
    let dashes = format!("{closed} 100");
    let turn = if state == Seal::Open { "rotate(-14 80 80)" } else { "rotate(-90 80 80)" };
    html! {
        <svg class={classes!("seal", (state == Seal::Closed).then_some("seal-closed"))} viewBox="4 0 152 152" aria-hidden="true" focusable="false">
            <mask id="seal-part" maskUnits="userSpaceOnUse" x="0" y="0" width="160" height="160">
                <circle class="seal-part" cx="80" cy="80" r="60" pathLength="100" stroke-dasharray={dashes} transform={turn} />
            </mask>
            <path class="seal-leaves" d={LEAVES} />
            <path class="seal-stalk" d={STALK} />
            <circle class="seal-track" cx="80" cy="80" r="61" pathLength="80" />
            <circle class="seal-white" cx="80" cy="80" r="52" />
            <path class="seal-flesh" d={FLESH} />
            <path class="seal-seed" d={SEED} />
            <path class="seal-glint" d={GLINT} />
            <g mask="url(#seal-part)">
                <circle class="seal-skin" cx="80" cy="80" r="58" />
                <circle class="seal-bumps" cx="80" cy="80" r="62" pathLength="80" />
            </g>
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
