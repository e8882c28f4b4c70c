// How good the connection of a call is, and whether there is room for a picture beside the voice. Pure: it is told what
// was counted in a second, and says what to do.
//
// Speech is understood up to about 5 % of lost packets with Opus FEC, with effort up to 20 % (ITU-T G.113, appendix I
// rates it unusable beyond); a way there and back over 400 ms makes people talk at once (ITU-T G.114).

const POOR_LOSS = 0.05;
const BAD_LOSS = 0.2;
const POOR_RTT = 0.4; // s
const WORSE_AFTER = 3; // s in a row before it is said to be worse
const BETTER_AFTER = 6;
const TIGHT_BITS = 130_000; // what voice, its overhead and the smallest useful picture need
const TIGHT_AFTER = 4; // s
const FIRST_WAIT = 15; // s before the picture is tried again; doubled each time that was too early
const LONGEST_WAIT = 120;
const TRIAL = 8; // s in which a picture that was tried again may prove to be too much

const RANK = { good: 0, poor: 1, audio_only: 2, bad: 3 };

/** The worst of several. */
export const worst = (states) => [...states].reduce((a, b) => (RANK[b] > RANK[a] ? b : a), 'good');

export class Quality {
  constructor() {
    this.state = 'good';
    this.video = true; // whether there is room for our picture
    this.wanted = 'good';
    this.seconds = 0; // for which `wanted` has been so
    this.tight = 0;
    this.paused = 0; // s without our picture
    this.wait = FIRST_WAIT;
    this.since = 0; // s since it was tried again
  }

  // One second: `lost` and `received` packets of their voice, `theirLoss` (0..1) of ours as they report it, `rtt` in
  // seconds, `available` bits a second that the network is believed to carry (0 = unknown). Returns {state, video}.
  second({ lost = 0, received = 0, theirLoss = 0, rtt = 0, available = 0 }) {
    this.judgePicture(theirLoss, available);
    const loss = Math.max(theirLoss, lost + received > 0 ? lost / (lost + received) : 0);
    let now = 'good';
    if (loss >= POOR_LOSS || rtt >= POOR_RTT) now = 'poor';
    if (!this.video) now = 'audio_only';
    if (loss >= BAD_LOSS) now = 'bad';
    this.seconds = now === this.wanted ? this.seconds + 1 : 1;
    this.wanted = now;
    const patience = RANK[now] > RANK[this.state] ? WORSE_AFTER : BETTER_AFTER;
    if (now !== this.state && this.seconds >= (now === 'audio_only' ? 1 : patience)) this.state = now;
    return { state: this.state, video: this.video };
  }

  judgePicture(theirLoss, available) {
    const little = (available > 0 && available < TIGHT_BITS) || theirLoss >= BAD_LOSS;
    if (this.video) {
      this.since += 1;
      this.tight = little ? this.tight + 1 : 0;
      if (this.tight < TIGHT_AFTER) {
        if (this.since > TRIAL * 4) this.wait = FIRST_WAIT;
        return;
      }
      this.wait = this.since <= TRIAL + TIGHT_AFTER && this.paused ? Math.min(LONGEST_WAIT, this.wait * 2) : this.wait;
      this.video = false;
      this.paused = this.tight = 0;
      return;
    }
    // Without a picture nobody measures how much there would be room for: it is tried, when the voice arrives well.
    this.paused = theirLoss < POOR_LOSS ? this.paused + 1 : 0;
    if (this.paused >= this.wait) {
      this.video = true;
      this.since = this.tight = 0;
    }
  }
}
