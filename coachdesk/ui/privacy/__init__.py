"""What the window itself keeps private: the cover, one client beside the coach, the clipboard, idle time and sleep."""
