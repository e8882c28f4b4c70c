// The station's picture as a video track. The terminal's one capture makes it; it comes as JPEG frames, newest only, each
// asked for when the last one was taken in, so that a slow page skips frames and never queues them.

const SILENCE = 2500; // ms without a frame, and there is no picture
const PAUSE = 500;

// One's own picture is there to see that one is in it: a few frames a second are enough. All of them would double the
// work of composing the page, which on a machine without a GPU is most of a call's cost.
const MIRROR_EVERY = 90; // ms

function mirror(view) {
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  view.srcObject = new MediaStream([track]);
  let due = 0;
  return (frame) => {
    const now = performance.now();
    if (now < due) return;
    due = now + MIRROR_EVERY;
    writer.write(frame.clone()).catch(() => {});
  };
}

// The newest frame after the one of that number: {number, frame}. null when none came, or one that is damaged.
//
// It is decoded neither by a blob nor by a canvas: what the engine keeps of each frame of either waits for a garbage
// collector that sees no reason to hurry (measured: 900 MiB in a minute). These are closed by hand.
async function frameAfter(seen) {
  const answer = await fetch(`frame?after=${seen}`);
  if (!answer.ok || answer.headers.get('content-type') !== 'image/jpeg') return null;
  const decoder = new ImageDecoder({ type: 'image/jpeg', data: await answer.arrayBuffer() });
  try {
    const { image } = await decoder.decode();
    const frame = new VideoFrame(image, { timestamp: Math.round(performance.now() * 1000) });
    image.close();
    return { number: Number(answer.headers.get('x-frame')) || seen + 1, frame };
  } finally {
    decoder.close();
  }
}

// The track, which lasts as long as the page. Shows the picture in the video `view` too. Calls `onpresence(bool)` when
// frames begin or stop coming.
export function openFeed(view, onpresence) {
  const reflect = mirror(view);
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  let present = null;
  const tell = (now) => {
    if (now !== present) onpresence((present = now));
  };

  async function run() {
    let seen = 0;
    let last = performance.now();
    for (;;) {
      const next = await frameAfter(seen).catch(() => null);
      if (!next) {
        if (performance.now() - last > SILENCE) tell(false);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
        continue;
      }
      seen = next.number;
      reflect(next.frame);
      await writer.write(next.frame); // the writer closes the frame
      last = performance.now();
      tell(true);
    }
  }

  run().catch((error) => {
    console.warn('feed', error);
    tell(false);
  });
  return track;
}
