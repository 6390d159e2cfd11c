/** Hosts that files are published on: S3, CloudFront, and those where AWS publishes its command line and its certificates. */
const STORE = /(?:^|\.)s3[.-]|\.cloudfront\.net$|^(?:awscli|truststore\.pki\.rds)\.amazonaws\.com$/i;

/** Commands of scripts that fetch a file and hand it to the machine. */
const FETCHES =
  /(?:^|[\s/"'`(])(?:curl|wget|pip[\d.]*|easy_install\S*|rpm|yum|dnf|zypper|apt|apt-get|dpkg|msiexec|Invoke-WebRequest|iwr|Start-BitsTransfer)(?:\.exe)?\s|\.DownloadFile\(/i;

/** Options by which the same commands send something. */
const SENDS =
  /\s(?:-d|-F|-T|--data[a-z-]*|--form[a-z-]*|--json|--upload-file|--post-[a-z]+|--body-[a-z]+|-Body|-InFile)\b|(?:-X|--request|--method|-Method)[\s=]*["']?(?:POST|PUT|PATCH)/i;

/** What ends a command of a shell; a line that ends with a backslash goes on. */
const END_OF_COMMAND = /(?<!\\)\n|;|&&|\|/;

/** Whether a script only fetches files from a host, wherever it names it: supply, which carries no data away. */
export function isDownloaded(host: string, text: string): boolean {
  if (!STORE.test(host)) return false;
  const commands = text.split(END_OF_COMMAND).filter((command) => command.includes(host));
  return commands.length > 0 && commands.every((command) => isFetch(command, host));
}

const isFetch = (command: string, host: string) =>
  FETCHES.test(command) && command.includes(`://${host}`) && !SENDS.test(command);
