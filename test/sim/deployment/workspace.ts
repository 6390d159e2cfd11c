/** The id of the workspace. */
export const WORKSPACE = 'sciences';
