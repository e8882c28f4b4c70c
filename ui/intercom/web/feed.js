// The station's picture as a video track. The terminal's one capture makes it; it comes as JPEG frames, newest only, each
// asked for when the last one was taken in, so that a slow page skips frames and never queues them.

const SILENCE = 2500; // ms without a frame, and there is no picture
const PAUSE = 500;

// One's own picture is there to see that one is in it: a few frames a second, painted small and mirrored once. A second
// moving video would double the work of composing the page, which on a machine without a GPU is most of a call's cost.
const MIRROR_EVERY = 100; // ms

function mirror(canvas) {
  const draw = canvas.getContext('2d', { alpha: false });
  let due = 0;
  return (bitmap) => {
    const now = performance.now();
    if (now < due) return;
    due = now + MIRROR_EVERY;
    const height = Math.round(canvas.width * bitmap.height / bitmap.width);
    if (canvas.height !== height) canvas.height = height;
    draw.setTransform(-1, 0, 0, 1, canvas.width, 0);
    draw.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  };
}

// Shows the picture in `canvas` too. Calls `onpresence(bool)` when frames begin or stop coming. Returns {track, stop()}.
export function openFeed(canvas, onpresence) {
  const reflect = mirror(canvas);
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
      const bitmap = await createImageBitmap(await answer.blob());
      reflect(bitmap);
      const frame = new VideoFrame(bitmap, { timestamp: Math.round(performance.now() * 1000) });
      bitmap.close();
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
      track.stop();
      writer.close().catch(() => {});
    },
  };
}
