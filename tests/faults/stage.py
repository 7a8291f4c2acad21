"""A server, a kiosk's help-sync and their folders, for the fault tests: real programs, real files."""
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Stage:
    def __init__(self, build, mode='demo'):
        self.build = ROOT / 'build' / build
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='help-faults-'))
        self.socket = self.folder / 'kiosk.sock'
        self.device_port = free_port()
        self.portal_port = free_port()
        self.central = self.sync = None
        (self.folder / 'portal').mkdir()
        (self.folder / 'portal/index.html').write_text('<!doctype html>')
        self.tool('help-central', 'init', '--data', self.folder / 'central')
        self.tool('help-central', 'practice', 'add', '--data', self.folder / 'central', '--code', 'Y99999',
                  '--name', 'Elm Grove Surgery')
        key = self.key = self.tool('help-sync', 'init', '--state', self.folder / 'sync').strip()
        self.tool('help-central', 'kiosk', 'add', '--data', self.folder / 'central', '--practice', 'Y99999',
                  '--name', 'Front desk', '--public-key', key, '--server',
                  f'https://localhost:{self.device_port}', '--mode', mode, '--out',
                  self.folder / 'settings.json')
        self.tool('help-sync', 'enrol', '--state', self.folder / 'sync', self.folder / 'settings.json')

    def tool(self, program, *arguments):
        return subprocess.run([self.build / program, *map(str, arguments)], check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def start_central(self):
        self.central = subprocess.Popen(
            [self.build / 'help-central', 'serve', '--data', self.folder / 'central', '--device',
             f'127.0.0.1:{self.device_port}', '--portal', f'127.0.0.1:{self.portal_port}', '--portal-files',
             self.folder / 'portal', '--pack', self.build / 'pack'],
            stdout=subprocess.DEVNULL, stderr=open(self.folder / 'central.log', 'ab'))

    def start_sync(self):
        self.sync = subprocess.Popen(
            [self.build / 'help-sync', 'run', '--state', self.folder / 'sync', '--socket', self.socket],
            stdout=subprocess.DEVNULL, stderr=open(self.folder / 'sync.log', 'ab'))
        until = time.monotonic() + 20
        while not self.socket.exists() and time.monotonic() < until:
            time.sleep(0.01)

    @staticmethod
    def kill(process):
        process.send_signal(signal.SIGKILL)
        process.wait()

    def status(self):
        """What help-sync says, as a dictionary of its lines."""
        try:
            text = self.tool('help-sync', 'status', '--socket', self.socket)
        except subprocess.CalledProcessError:
            return {}
        return dict(line.split(' ', 1) for line in text.splitlines() if ' ' in line)

    def references(self):
        """References of all sign-ups at the server, read from its store."""
        with sqlite3.connect(f'file:{self.folder}/central/central.db?mode=ro', uri=True) as db:
            return [row[0] for row in db.execute('SELECT reference FROM signup')]

    def finish(self):
        for process in (self.sync, self.central):
            if process is not None and process.poll() is None:
                self.kill(process)
        shutil.rmtree(self.folder, ignore_errors=True)
