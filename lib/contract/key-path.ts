/** The path of a workspace's REST API below which members' API keys are valid, and tokens aren't. */
export const KEY_TREE = '/key';
