/** What an operator can do to open projects, by its name in records. */
export type ProjectAct = 'project.list' | 'project.show' | 'project.create' | 'project.cap' | 'project.end';

declare module '../http/records/record-names' {
  interface Acts extends Record<ProjectAct, true> {}
  interface Routes {
    projects: true;
  }
}
