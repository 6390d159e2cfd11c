import { isDownloaded } from '@/lib/guard/scan/downloads';

const S3 = 's3.amazonaws.com';

test.each([
  'rpm -Uvh https://s3.amazonaws.com/amazoncloudwatch-agent/suse/amd64/latest/amazon-cloudwatch-agent.rpm',
  'sudo pip3 install https://s3.amazonaws.com/cloudformation-examples/aws-cfn-bootstrap-py3-latest.tar.gz',
  '#!/bin/bash\nyum update -y\nwget -q \\\n  https://s3.amazonaws.com/a/b.deb -O /tmp/b.deb\naws s3 cp x s3://y',
  `powershell -Command "(New-Object Net.WebClient).DownloadFile('https://s3.amazonaws.com/a/b.msi','C:\\b.msi')"`,
  'curl -fsSL https://s3.amazonaws.com/a/install.sh | bash -s -- -d',
])('%s only downloads', (script) => {
  expect(isDownloaded(S3, script)).toBe(true);
});

test.each([
  'curl -T /data/dump.gz https://s3.amazonaws.com/b/dump.gz',
  'curl --data-binary @dump https://s3.amazonaws.com/b/dump',
  'curl -X PUT https://s3.amazonaws.com/b/dump < dump',
  'wget --post-file=dump https://s3.amazonaws.com/b',
  'wget https://s3.amazonaws.com/a.deb\nexport ENDPOINT=https://s3.amazonaws.com',
  'aws s3 sync /data s3://b --endpoint-url https://s3.amazonaws.com',
  'https://s3.amazonaws.com/b',
])("%s doesn't only download", (script) => {
  expect(isDownloaded(S3, script)).toBe(false);
});

test.each(['awscli.amazonaws.com', 'truststore.pki.rds.amazonaws.com'])('a download from %s only downloads', (host) => {
  expect(isDownloaded(host, `curl "https://${host}/global/file.zip" -o "file.zip"\nunzip file.zip`)).toBe(true);
  expect(isDownloaded(host, `curl -T dump https://${host}/global/file.zip`)).toBe(false);
  expect(isDownloaded(`${host}.example.org`, `curl https://${host}.example.org/file.zip`)).toBe(false);
});

test("a service that a script calls isn't a file store", () => {
  expect(isDownloaded('api.openai.com', 'curl https://api.openai.com/v1/models')).toBe(false);
});
