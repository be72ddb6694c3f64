# Stages with their seconds, for tools/dev/test and .ci/run: `stage NAME COMMAND...`, at the end `finish`.
stage_names=() stage_results=() stage_seconds=()
started=$SECONDS

# Runs one stage. A stage after a failed install, configure or build is skipped and counts as failed.
stage() {
  local name="$1" begin=$SECONDS result=passed
  shift
  echo "== $name"
  if [[ -n "${blocked:-}" ]]; then
    result="failed (skipped: $blocked failed)"
  elif ! "$@"; then
    result=failed
    [[ "$name" =~ ^(install|configure|build)$ ]] && blocked="$name"
  fi
  echo "== $name: $result, $((SECONDS - begin)) s"
  stage_names+=("$name") stage_results+=("$result") stage_seconds+=("$((SECONDS - begin))")
}

# Shows a command's output only when it fails.
quiet() {
  local log
  log=$(mktemp)
  if "$@" >"$log" 2>&1; then
    tail -n 1 "$log"
    rm -f "$log"
    return 0
  fi
  grep -nE 'error|warning|FAILED|undefined reference|CMake Error' "$log" | head -n 60
  echo "-- the end of the output:"
  tail -n 60 "$log"
  rm -f "$log"
  return 1
}

# The table of stages and the closing line; exits non-zero if anything failed.
finish() {
  local passed=0 failed=0 i
  echo
  for i in "${!stage_names[@]}"; do
    printf '%-12s %5d s  %s\n' "${stage_names[i]}" "${stage_seconds[i]}" "${stage_results[i]}"
    if [[ "${stage_results[i]}" == passed ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  done
  printf '%-12s %5d s\n' total "$((SECONDS - started))"
  echo "$passed passed, $failed failed"
  ((failed == 0)) || exit 1
  exit 0
}
