import { ACCOUNT } from './emulator';

/**
 * The environment of the CDK CLI and of the SDK, with the emulator as the endpoint of every service. None of the caller's own
 * AWS settings are passed on, so that no call can reach a real account.
 */
export function environment(url: string, region: string, account = ACCOUNT): NodeJS.ProcessEnv {
  const foreign = /^(AWS_|CDK_|RESIDENCY_|HTTPS?_PROXY|https?_proxy|ALL_PROXY|all_proxy)/;
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  return {
    ...own,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
