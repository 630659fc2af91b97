"""Python, without packages."""
import http.client
import json
import os
import urllib.parse

address = urllib.parse.urlsplit(os.environ["LIST_ADDRESS"])
connection = http.client.HTTPConnection(address.netloc)
headers = {"Authorization": "Bearer " + os.environ["FIREWORKS_API_KEY"]}
count = 0
token = ""
while True:
    path = f"{address.path}?{address.query}&pageToken={urllib.parse.quote(token)}"
    connection.request("GET", path, headers=headers)
    page = json.load(connection.getresponse())
    count += sum(job["state"] == "JOB_STATE_FAILED" for job in page["dpoJobs"])
    token = page["nextPageToken"]
    if not token:
        break
print(count)
