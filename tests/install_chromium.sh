#!/bin/sh
# Debian's chromium for the browser tests and image exports: installed when it is missing and we may.
for name in chromium chromium-browser google-chrome; do command -v "$name" >/dev/null 2>&1 && exit 0; done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
    echo "No Chromium found and no right to install it: browser and image tests will be skipped." >&2
fi
