// teach
