/** Hosts that publish files: S3, CloudFront, and those on which AWS publishes its CLI and certificates. */
const STORE = /(?:^|\.)s3[.-]|\.cloudfront\.net$|^(?:awscli|truststore\.pki\.rds)\.amazonaws\.com$/i;

/** Script commands that download a file to the machine. */
const FETCHES =
  /(?:^|[\s/"'`(])(?:curl|wget|pip[\d.]*|easy_install\S*|rpm|yum|dnf|zypper|apt|apt-get|dpkg|msiexec|Invoke-WebRequest|iwr|Start-BitsTransfer)(?:\.exe)?\s|\.DownloadFile\(/i;

/** Options with which the same commands send data. */
const SENDS =
  /\s(?:-d|-F|-T|--data[a-z-]*|--form[a-z-]*|--json|--upload-file|--post-[a-z]+|--body-[a-z]+|-Body|-InFile)\b|(?:-X|--request|--method|-Method)[\s=]*["']?(?:POST|PUT|PATCH)/i;

/** The end of a shell command; a line that ends with a backslash continues. */
const END_OF_COMMAND = /(?<!\\)\n|;|&&|\|/;

/** Whether a script only downloads files from a host, wherever it names it, so no data leaves. */
export function isDownloaded(host: string, text: string): boolean {
  if (!STORE.test(host)) return false;
  const commands = text.split(END_OF_COMMAND).filter((command) => command.includes(host));
  return commands.length > 0 && commands.every((command) => isFetch(command, host));
}

const isFetch = (command: string, host: string) =>
  FETCHES.test(command) && command.includes(`://${host}`) && !SENDS.test(command);
