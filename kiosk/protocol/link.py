"""The live link (WebSocket, JSON text frames): presence, ringing, call signalling, commands. All of it is worthless later."""
