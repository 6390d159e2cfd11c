/**
 * Writes the comment of the check on its pull request, and later updates it. Only a comment of GitHub's own bot is updated, because anyone
 * may write one that begins with the mark. A pull request without findings gets no comment. Forks have no permission to comment.
 */
export const COMMENT_SCRIPT = `export GH_HOST="\${GITHUB_SERVER_URL#https://}"
mark="<!-- eu-residency \${GITHUB_JOB//[^A-Za-z0-9_-]/} $CHECK -->"
{ echo "$mark"; cat "$REPORTS/report.md"; } > "$REPORTS/comment.md"
issues="repos/$GITHUB_REPOSITORY/issues"
comment() {
  ids=$(gh api --paginate "$issues/$PULL_REQUEST/comments?per_page=100" \\
    --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("'"$mark"'"))) | .id') || return
  if [ -n "$ids" ]; then
    gh api --method PATCH "$issues/comments/\${ids%%$'\\n'*}" --field "body=@$REPORTS/comment.md"
  elif [ "$CHECK_OUTCOME" != success ]; then
    gh api "$issues/$PULL_REQUEST/comments" --field "body=@$REPORTS/comment.md"
  fi
}
comment > /dev/null ||
  echo "::notice title=eu-residency::There is no comment on the pull request, because the job has no permission to write one or no gh. The report is in the summary of the job."
`;
