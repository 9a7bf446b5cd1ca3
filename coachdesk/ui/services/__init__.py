"""The directory of services, and referring a client on to one."""
