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
  return {
    show(frame) {
      const now = performance.now();
      if (now < due) return;
      due = now + MIRROR_EVERY;
      writer.write(frame.clone()).catch(() => {});
    },
    stop() {
      view.srcObject = null;
      track.stop();
      writer.close().catch(() => {});
    },
  };
}

// Neither by a blob nor by a canvas: what the engine keeps of each frame of either waits for a garbage collector that sees
// no reason to hurry (measured: 900 MiB in a minute). These are closed by hand.
async function decode(answer) {
  const decoder = new ImageDecoder({ type: 'image/jpeg', data: await answer.arrayBuffer() });
  try {
    const { image } = await decoder.decode();
    const frame = new VideoFrame(image, { timestamp: Math.round(performance.now() * 1000) });
    image.close();
    return frame;
  } finally {
    decoder.close();
  }
}

// Shows the picture in the video `view` too. Calls `onpresence(bool)` when frames begin or stop coming. Returns {track, stop()}.
export function openFeed(view, onpresence) {
  const reflection = mirror(view);
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  let stopped = false;
  let present = null;
  const tell = (now) => {
    if (now !== present) onpresence((present = now));
  };

  async function run() {
    let seen = 0;
    let last = performance.now();
    while (!stopped) {
      const answer = await fetch(`frame?after=${seen}`).catch(() => null);
      if (stopped) return;
      if (!answer?.ok || answer.headers.get('content-type') !== 'image/jpeg') {
        if (performance.now() - last > SILENCE) tell(false);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
        continue;
      }
      seen = Number(answer.headers.get('x-frame')) || seen + 1;
      const frame = await decode(answer).catch(() => null);
      if (!frame) continue; // a picture that is damaged, and the next one is not
      reflection.show(frame);
      await writer.write(frame); // the writer closes the frame
      last = performance.now();
      tell(true);
    }
  }

  run().catch((error) => {
    console.warn('feed', error);
    tell(false);
  });
  return {
    track,
    stop() {
      stopped = true;
      reflection.stop();
      track.stop();
      writer.close().catch(() => {});
    },
  };
}
