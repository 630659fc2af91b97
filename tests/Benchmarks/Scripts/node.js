// Node.js, without packages.
const http = require('node:http');

const agent = new http.Agent({ keepAlive: true });
const headers = { Authorization: `Bearer ${process.env.FIREWORKS_API_KEY}` };

function get(address) {
  return new Promise((resolve, reject) => {
    http.get(address, { agent, headers }, response => {
      const parts = [];
      response.on('data', part => parts.push(part));
      response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString())));
      response.on('error', reject);
    }).on('error', reject);
  });
}

async function main() {
  let count = 0;
  let token = '';
  do {
    const page = await get(`${process.env.LIST_ADDRESS}&pageToken=${encodeURIComponent(token)}`);
    for (const job of page.dpoJobs) if (job.state === 'JOB_STATE_FAILED') count++;
    token = page.nextPageToken;
  } while (token);
  console.log(count);
  agent.destroy();
}

main();
