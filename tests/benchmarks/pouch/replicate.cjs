// Fills a PouchDB on disk with documents, one JSON object a line, and replicates it to a server. Prints what it took.
// node replicate.cjs DOCUMENTS FOLDER URL BATCH

const { createReadStream } = require("node:fs");
const { createInterface } = require("node:readline");
const PouchDB = require("pouchdb");

async function fill(db, path) {
  let some = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    some.push(JSON.parse(line));
    if (some.length === 5000) {
      await db.bulkDocs(some);
      some = [];
    }
  }
  await db.bulkDocs(some);
}

async function main([documents, folder, url, batch]) {
  const db = new PouchDB(folder);
  await fill(db, documents);
  const count = (await db.info()).doc_count;
  const began = performance.now();
  const done = await db.replicate.to(url, { batch_size: Number(batch) });
  const seconds = (performance.now() - began) / 1000;
  const there = (await new PouchDB(url).info()).doc_count;
  if (!done.ok || done.docs_written !== count || there !== count) {
    throw new Error(`${there} of ${count} documents are there`);
  }
  console.log(JSON.stringify({ count, seconds, adapter: db.adapter }));
  await db.close();
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
